"""A mail server that takes mail over STARTTLS from who knows the password, and reads it strictly.

Arguments: files of certificate and key, user, password. Says its port, then of each mail what came.
"""

import asyncio
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

certificate, key, user, password = sys.argv[1:]
# Any defect is an exception: of encodings, boundaries, headers.
STRICT = email.policy.SMTP.clone(raise_on_defect=True)


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == user.encode() and data.password == password.encode()
    return AuthResult(success=good, handled=False)


def read(part):
    content = part.get_content()
    return {"type": part.get_content_type(), "charset": part.get_content_charset(), "text": content}


class Reader:
    async def handle_DATA(self, server, session, envelope):
        mail = {
            "tls": session.ssl is not None,
            "authenticated": session.authenticated,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "longest_line": max(map(len, envelope.content.split(b"\r\n"))),
            "is_ascii": envelope.content.isascii(),
            "bare_line_ends": envelope.content.replace(b"\r\n", b"").count(b"\n"),
        }
        try:
            message = email.message_from_bytes(envelope.content, policy=STRICT)
            parts = [it for it in message.walk() if not it.is_multipart()]
            mail["headers"] = [[name, str(value)] for name, value in message.items()]
            mail["type"] = message.get_content_type()
            mail["parts"] = [read(it) for it in parts]
            found = [it.defects for it in message.walk()] + [it.defects for it in message.values()]
            mail["defects"] = [repr(it) for defects in found for it in defects]
        except Exception as defect:
            mail["defects"] = [repr(defect)]
        print(json.dumps(mail), flush=True)
        return "250 OK"


async def serve():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    rules = {"tls_context": context, "require_starttls": True, "auth_required": True}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Reader(), authenticator=authenticate, hostname="mail.test", loop=loop, **rules),
        "127.0.0.1",
        0,
    )
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


asyncio.run(serve())
