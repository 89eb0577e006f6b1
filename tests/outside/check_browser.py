"""check_browser.py RELATA OUT EVIDENCE: Chromium opens the explorer of `relata serve` and an evidence folder, and goes from edge to sentence.

CHROMIUM names the browser, NODE_PATH the folder of puppeteer-core; SHOTS a folder for pictures of what was seen.
"""
import endpoint
import outside


def check(relata, out, evidence):
    with endpoint.served(relata, out) as (address, _):
        told, _ = outside.run("node", outside.HERE / "browser.cjs", address, evidence)
    for line in told.decode().splitlines():
        yield line.removeprefix("ok: ")


if __name__ == "__main__":
    outside.main(check, ["RELATA", "OUT", "EVIDENCE"])
