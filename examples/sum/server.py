"""Adds numbers: GET /sum?of=1,2 answers 3. It needs Python's standard library alone."""

import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Sum(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/up":
            return self.answer(200, "ok")
        try:
            self.answer(200, str(sum(int(number) for number in parse_qs(url.query)["of"][0].split(","))))
        except (KeyError, ValueError):
            self.answer(400, "ask for /sum?of=1,2")

    def answer(self, status, text):
        body = f"{text}\n".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Sum)
# shutdown() waits for the loop, which runs in the thread that a signal interrupts.
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
