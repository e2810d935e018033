"""Command lines that pages show."""


def exchange_line(public_url: str, api_token: str) -> str:
    """Return the line that exchanges an API token for an access token."""
    return (
        f"curl -s {public_url}/api/gateway/v1/tokens \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        f"""  -d '{{"api_token": "{api_token}"}}'"""
    )
