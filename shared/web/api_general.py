"""What holds for every operation of every service, as the head of its document says it."""

IN_GENERAL = """\
Sign-in: send `Authorization: Bearer <access token>`; `POST /api/gateway/v1/tokens` gives one for
ten minutes against an API token, or a login and password. Operations whose `security` has an
empty entry answer everybody, and who is signed in by what they may see. A token with scopes needs
the one an operation names as `x-scope`: `<service>:read` for GET and HEAD, `<service>:write` for
all else.

No: every refusal is an `application/problem+json` (RFC 9457) with a stable `code`, the `numbers`
behind it, a sentence in the language of `Accept-Language` (`en`, `zh-CN`), and every single
reason in `violations`. `GET /api/<service>/v1/problems` lists the codes.

Lists come in pages: `next_cursor` of a page is `cursor` of the next one.

Once only: a POST that takes `Idempotency-Key` has its effect once per key, however often it is
sent, and answers the same each time. Versions: what a GET tells as `ETag` a change sends as
`If-Match`.

Time: instants are RFC 3339 with an offset, in answers UTC; days and times of day are those of the
library's own clock. Numbers of weekdays are said where they are used: 0 is Monday in opening
hours.

Limits: `RateLimit` says how many requests are left, 429 comes with `Retry-After`. Members that
are not known are refused in requests; answers may get new ones.
"""
SERVERS = [{"url": "/", "description": "The host this document was read from."}]
