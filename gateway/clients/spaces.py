"""Spaces and their screens, as the staff's pages use them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.clients.service import Request, ServiceClient

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SpacesClient:
    """The inventory; every method raises ApiProblem or ServiceDown."""

    service: ServiceClient

    def spaces(self, library_id: str, *, space_type: str = "", cursor: str = "") -> Json:
        """Return a page of a library's spaces by code, as they are now."""
        asked = {"library_id": library_id, "space_type": space_type, "cursor": cursor}
        answer: Json = self.service.ask(Request("GET", "/spaces", asked)).body
        return answer

    def space(self, space_id: str) -> tuple[Json, str]:
        """Return a space and its version."""
        answer = self.service.ask(Request("GET", f"/spaces/{space_id}"))
        return answer.body, answer.etag or ""

    def change(self, space_id: str, body: Mapping[str, Any], *, etag: str) -> None:
        """Describe a space anew."""
        self.service.ask(Request("PUT", f"/spaces/{space_id}", json=dict(body), etag=etag))

    def use(self, space_id: str, *, because: str, etag: str) -> None:
        """Take a space out of use for a reason, or without one, put it into use again."""
        body: Json = {"in_use": False, "because": because} if because else {"in_use": True}
        self.service.ask(Request("PATCH", f"/spaces/{space_id}", json=body, etag=etag))

    def import_file(self, library_id: str, text: str, *, key: str) -> Json:
        """Take spaces over from a CSV file; the answer tells what became of each row."""
        address = f"/libraries/{library_id}/spaces/import"
        report: Json = self.service.post(address, {"csv": text}, key=key)
        return report

    def keys(self, space_id: str) -> list[Json]:
        """Return the keys of the screens at a space, without their secrets."""
        answer: Json = self.service.get(f"/spaces/{space_id}/display-keys")
        items: list[Json] = answer["items"]
        return items

    def issue_key(self, space_id: str, label: str) -> str:
        """Return the secret of a new key, shown this once."""
        answer: Json = self.service.post(f"/spaces/{space_id}/display-keys", {"label": label})
        secret: str = answer["key"]
        return secret

    def revoke_key(self, key_id: str) -> None:
        """Let a screen no longer show the code."""
        self.service.ask(Request("DELETE", f"/display-keys/{key_id}"))
