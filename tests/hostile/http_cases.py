# SPDX-License-Identifier: Apache-2.0
# tidy: table
"""Bytes that no honest client sends, and what each must be answered with.

{H} is a Host header, {S} something personal that must not reach the log, {G} a whole second request
that a smuggler hopes to get through: whoever answers it has read the first one wrongly.
"""
HOST = b"Host: localhost\r\n"
SECRET = b"karen.hemmelig@example.org"
SECOND = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

MALFORMED, HEADER, TOO_LARGE = "net/malformed", "net/header_too_large", "net/too_large"
PATH, QUERY, METHOD = "net/bad_path", "net/bad_query", "net/unknown_method"

# (what it is, bytes, status, code). The server must close after each.
FATAL = [
    ("bare line feeds", b"GET /healthz HTTP/1.1\n{H}\n", 400, MALFORMED),
    ("a bare line feed after the request line", b"GET /{S} HTTP/1.1\n{H}\r\n", 400, MALFORMED),
    ("a bare carriage return", b"GET /healthz HTTP/1.1\r{H}\r\n\r\n", 400, MALFORMED),
    ("a space before the colon", b"GET /healthz HTTP/1.1\r\n{H}X : {S}\r\n\r\n", 400, MALFORMED),
    ("a space in a header name", b"GET /healthz HTTP/1.1\r\n{H}X Y: {S}\r\n\r\n", 400, MALFORMED),
    ("an empty header name", b"GET /healthz HTTP/1.1\r\n{H}: {S}\r\n\r\n", 400, MALFORMED),
    ("a header without a colon", b"GET /healthz HTTP/1.1\r\n{H}{S}\r\n\r\n", 400, MALFORMED),
    ("a first header line that is folded", b"GET /healthz HTTP/1.1\r\n {S}\r\n{H}\r\n", 400,
     MALFORMED),
    ("NUL in a header", b"GET /healthz HTTP/1.1\r\n{H}X: a\0b\r\n\r\n", 400, MALFORMED),
    ("NUL in a header name", b"GET /healthz HTTP/1.1\r\n{H}X\0: a\r\n\r\n", 400, MALFORMED),
    ("NUL in the path", b"GET /a\0b HTTP/1.1\r\n{H}\r\n", 400, MALFORMED),
    ("only NUL", b"\0" * 64 + b"\r\n\r\n", 400, MALFORMED),
    ("a control character in a header", b"GET / HTTP/1.1\r\n{H}X: \x01\r\n\r\n", 400, MALFORMED),
    ("no Host", b"GET /healthz HTTP/1.1\r\n\r\n", 400, MALFORMED),
    ("two Hosts", b"GET /healthz HTTP/1.1\r\n{H}{H}\r\n", 400, MALFORMED),
    ("an empty Host", b"GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", 400, MALFORMED),
    ("a Host that is none", b"GET /healthz HTTP/1.1\r\nHost: x/../@y\r\n\r\n", 400, MALFORMED),
    ("an absolute target elsewhere", b"GET http://evil.example/healthz HTTP/1.1\r\n{H}\r\n", 400,
     MALFORMED),
    ("no version", b"GET /healthz\r\n\r\n", 400, MALFORMED),
    ("version 2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, MALFORMED),
    ("version 1.2", b"GET /healthz HTTP/1.2\r\n{H}\r\n", 400, MALFORMED),
    ("a version in small letters", b"GET /healthz http/1.1\r\n{H}\r\n", 400, MALFORMED),
    ("two spaces", b"GET  /healthz HTTP/1.1\r\n{H}\r\n", 400, MALFORMED),
    ("tabs for spaces", b"GET\t/healthz\tHTTP/1.1\r\n{H}\r\n", 400, MALFORMED),
    ("a space in the target", b"GET /health z HTTP/1.1\r\n{H}\r\n", 400, MALFORMED),
    ("no method", b" /healthz HTTP/1.1\r\n{H}\r\n", 400, MALFORMED),
    ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, MALFORMED),
    ("two lengths", b"POST /x HTTP/1.1\r\n{H}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
     400, MALFORMED),
    ("a negative length", b"POST /x HTTP/1.1\r\n{H}Content-Length: -1\r\n\r\n", 400, MALFORMED),
    ("a length with a sign", b"POST /x HTTP/1.1\r\n{H}Content-Length: +3\r\n\r\nabc", 400,
     MALFORMED),
    ("a length in hexadecimal", b"POST /x HTTP/1.1\r\n{H}Content-Length: 0x3\r\n\r\nabc", 400,
     MALFORMED),
    ("a length that overflows", b"POST /x HTTP/1.1\r\n{H}Content-Length: 18446744073709551617"
     b"\r\n\r\na", 400, MALFORMED),
    ("a length that is text", b"POST /x HTTP/1.1\r\n{H}Content-Length: {S}\r\n\r\n", 400,
     MALFORMED),
    ("a request line of 64 KB", b"GET /" + b"a" * 65536 + b" HTTP/1.1\r\n{H}\r\n", 431, HEADER),
    ("a method of 64 KB", b"A" * 65536 + b" / HTTP/1.1\r\n{H}\r\n", 431, HEADER),
    ("a header of 64 KB", b"GET / HTTP/1.1\r\n{H}X: " + b"a" * 65536 + b"\r\n\r\n", 431, HEADER),
    ("5,000 headers", b"GET / HTTP/1.1\r\n{H}" + b"X: y\r\n" * 5000 + b"\r\n", 431, HEADER),
    ("a body of 2 MB that says so", b"POST /api/v1/sign-in HTTP/1.1\r\n{H}Content-Type: "
     b"application/json\r\nContent-Length: 2000000\r\n\r\n" + b"a" * 2_000_000, 413, TOO_LARGE),
    ("a body of 2 MB in chunks", b"POST /api/v1/sign-in HTTP/1.1\r\n{H}Content-Type: "
     b"application/json\r\nTransfer-Encoding: chunked\r\n\r\n1e8480\r\n" + b"a" * 2_000_000
     + b"\r\n0\r\n\r\n", 413, TOO_LARGE),
]

CHUNKED = b"POST /api/v1/sign-in HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n"
FATAL += [(f"a chunk size of {size[:20]!r}", CHUNKED + size + b"\r\nabc\r\n0\r\n\r\n", 400,
           MALFORMED)
          for size in (b"zz", b"-1", b"+3", b"0x3", b" 3", b"fffffffffffffffff", b"",
                       b"3;" + b"x" * 100_000)]
FATAL += [
    ("a chunk longer than it says", CHUNKED + b"3\r\nabcdef\r\n0\r\n\r\n", 400, MALFORMED),
    ("a chunk without its end of line", CHUNKED + b"3\r\nabc0\r\n\r\n", 400, MALFORMED),
    ("a chunk size ended by a line feed", CHUNKED + b"3\nabc\r\n0\r\n\r\n", 400, MALFORMED),
]

# Answered without closing: (what it is, request line's method and target, status, code).
TARGETS = [
    ("an absolute target", b"GET http://localhost/healthz", 200, None),
    ("an asterisk with GET", b"GET *", 400, PATH),
    ("an asterisk with OPTIONS", b"OPTIONS *", 204, None),
    ("CONNECT", b"CONNECT example.org:443", 501, METHOD),
    ("TRACE", b"TRACE /healthz", 501, METHOD),
    ("a method nobody knows", b"BREW /healthz", 501, METHOD),
    ("a method in small letters", b"get /healthz", 501, METHOD),
    ("a target that is no path", b"GET healthz", 400, PATH),
    ("a percent sign alone", b"GET /api/v1/%", 400, PATH),
    ("half an escape", b"GET /api/v1/%2", 400, PATH),
    ("an escape that is no number", b"GET /api/v1/%zz", 400, PATH),
    ("an escaped NUL", b"GET /api/v1/me%00", 400, PATH),
    ("an escaped end of line", b"GET /api/v1/me%0d%0aX:%20y", 400, PATH),
    ("an overlong slash", b"GET /api/v1/..%c0%af..%c0%afetc", 400, PATH),
    ("an overlong NUL", b"GET /api/v1/%c0%80", 400, PATH),
    ("a lone surrogate", b"GET /api/v1/%ed%a0%80", 400, PATH),
    ("beyond Unicode", b"GET /api/v1/%f4%90%80%80", 400, PATH),
    ("dots that leave", b"GET /../../etc/passwd", 400, PATH),
    ("escaped dots that leave", b"GET /%2e%2e/%2e%2e/etc/passwd", 400, PATH),
    ("a thousand segments", b"GET " + b"/a" * 1000, 400, PATH),
    ("a bad escape in the query", b"GET /api/v1/companies?q=%zz{S}", 400, QUERY),
    ("overlong text in the query", b"GET /api/v1/companies?q=%c0%af", 400, QUERY),
    ("a thousand parameters", b"GET /api/v1/companies?" + b"a=b&" * 1000, 400, QUERY),
    ("an unknown path with a name in it", b"GET /api/v2/{S}", 404, "net/not_found"),
    ("an unknown type with a name in it", b"GET /api/v1/{S}", 401, "access/sign_in_required"),
    ("a list without signing in", b"GET /api/v1/persons?q={S}", 401, "access/sign_in_required"),
]

# What two parsers in a row may read differently. Exactly one answer, 400, then the end.
SMUGGLING = [
    ("length and chunks", b"POST /x HTTP/1.1\r\n{H}Content-Length: 4\r\nTransfer-Encoding: "
     b"chunked\r\n\r\n0\r\n\r\n{G}"),
    ("chunks and length", b"POST /x HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\nContent-Length: "
     b"200\r\n\r\n0\r\n\r\n{G}"),
    ("two equal encodings", b"POST /x HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n"
     b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{G}"),
    ("an unknown encoding beside", b"POST /x HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n"
     b"Transfer-Encoding: cow\r\n\r\n0\r\n\r\n{G}"),
    ("xchunked", b"POST /x HTTP/1.1\r\n{H}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{G}"),
    ("chunked not last", b"POST /x HTTP/1.1\r\n{H}Transfer-Encoding: chunked, identity\r\n\r\n"
     b"0\r\n\r\n{G}"),
    ("chunked in quotes", b'POST /x HTTP/1.1\r\n{H}Transfer-Encoding: "chunked"\r\n\r\n'
     b"0\r\n\r\n{G}"),
    ("a vertical tab", b"POST /x HTTP/1.1\r\n{H}Transfer-Encoding: \x0bchunked\r\n\r\n"
     b"0\r\n\r\n{G}"),
    ("a space before the colon", b"POST /x HTTP/1.1\r\n{H}Transfer-Encoding : chunked\r\n\r\n"
     b"0\r\n\r\n{G}"),
    ("a length hidden by a line feed", b"POST /x HTTP/1.1\r\n{H}X: y\nContent-Length: 46\r\n\r\n"
     b"{G}"),
    ("chunks in version 1.0", b"POST /x HTTP/1.0\r\n{H}Transfer-Encoding: chunked\r\n\r\n"
     b"0\r\n\r\n{G}"),
    ("a list of lengths", b"POST /x HTTP/1.1\r\n{H}Content-Length: 0, 46\r\n\r\n{G}"),
    ("a length with a space in it", b"POST /x HTTP/1.1\r\n{H}Content-Length: 0 46\r\n\r\n{G}"),
    ("a chunk extension with a line feed", CHUNKED + b"3;a\nabc\r\n0\r\n\r\n{G}"),
    ("an end without its line", CHUNKED + b"0\r\nX: y\n\r\n{G}"),
]


def filled(data):
    return data.replace(b"{H}", HOST).replace(b"{S}", SECRET).replace(b"{G}", SECOND)
