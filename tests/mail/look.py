# SPDX-License-Identifier: Apache-2.0
"""Pictures of the default dashboards as documents, for people to look at.

    python3 tests/mail/look.py --program build/dev/fokus --out FOLDER

Writes each page that an administrator of the world sees, upright and across, in Danish and English,
as PDF and as one PNG per sheet.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scenario_server import Client, Server, Template  # noqa: E402

PASSWORD = "nordlys inventar demo"  # of the demo world


class World(Template):
    """The demo world in place of that of the tests."""

    def __init__(self, program, folder):
        super().__init__(program, "sqlite", folder)
        self.close()
        subprocess.run([str(program), "seed", "demo", "--data", str(self.folder)], check=True,
                       capture_output=True, text=True, timeout=300)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--email", default="karen@example.org", help="who looks")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fokus-look.") as folder:
        server = Server(World(options.program.resolve(), folder))
        try:
            draw(Client(server, options.email, PASSWORD), options.out)
        finally:
            server.close()


def draw(client, out):
    for language in ("da", "en"):
        client.call("PATCH", "/api/v1/me", body=json.dumps({"language": language}).encode())
        for page in client.call("GET", "/api/v1/dashboards").json()["items"]:
            for paper in ("portrait", "landscape"):
                answer = client.call("GET", f"/api/v1/dashboards/{page['id']}/pdf?paper={paper}")
                name = f"{page['standard'] or page['id']}-{language}-{paper}"
                if answer.status != 200:
                    print(f"{name}: {answer.status} {answer.text}")
                    continue
                file = out / f"{name}.pdf"
                file.write_bytes(answer.body)
                subprocess.run(["pdftoppm", "-r", "80", "-png", str(file), str(out / name)],
                               check=True)
                print(f"{name}: {len(answer.body)} bytes, {os.path.basename(file)}")


if __name__ == "__main__":
    main()
