"""The servers' configuration files, as protobuf text (common/hosting/config.proto)."""

from deploy.local import certificates, database, keys, registry
from deploy.local.certificates import AGENCIES, PERSONS, SERVERS, TRUST_DOMAIN

LOADERS = ("economy", "education", "labor")  # agencies that load files


def write_all(place, root, folder, databases, addresses, sdmx):
    """One file for each server, and one that hosts all. `addresses` has those of SERVERS, `databases`
    what is said of those of database.DATABASES; at `sdmx` the gateway serves published reports."""
    blocks = {name: _server(place, root, folder, databases, addresses, sdmx, name)
              for name in SERVERS}
    for name, block in blocks.items():
        place.write(path(place, name), "".join(f"{line}\n" for line in block))
    together = []
    for block in blocks.values():
        together += ["servers {", *(f"  {line}" for line in block), "}"]
    place.write(path(place, "embedded"), "\n".join(together) + "\n")


def write_twin(place, name, twin, address):
    """The file of a second process of a server, which listens elsewhere."""
    lines = path(place, name).read_text(encoding="utf-8").splitlines(keepends=True)
    place.write(path(place, twin), "".join(
        f"listen: {_quote(address)}\n" if line.startswith("listen: ") else line
        for line in lines if not line.startswith("sdmx_listen: ")))


def path(place, name):
    return place.config / f"{name}.textproto"


def _server(place, root, folder, databases, addresses, sdmx, name):
    agency = name in AGENCIES
    lines = [f"agency: {_quote(name)}",
             f"listen: {_quote(addresses[name])}",
             'admin_listen: "127.0.0.1:0"',
             f"trust_domain: {_quote(TRUST_DOMAIN)}",
             _message("tls", certificates.files(folder, f"agency/{name}" if agency else name))]
    lines += [_message("registry", registry.files(place)), _message("database", databases[name])]
    if name in PERSONS:
        lines.append(_message("personal_keys", {"folder": keys.folder(place, name),
                                                "database": databases[database.keys_of(name)],
                                                "rotate_after": {"seconds": 1}}))
    if not agency:
        lines += [_message("peers", {"agency": peer, "address": addresses[peer]})
                  for peer in AGENCIES]
        lines.append(f"sdmx_listen: {_quote(sdmx)}")
    if name in LOADERS:
        lines.append(f"profiles: {_quote(root / 'data' / name / 'profiles')}")
    if name == "economy":
        lines.append("demand_release_pause { seconds: 1 }")
    if name in ("economy", "education"):
        lines.append("figure_release_pause { seconds: 1 }")
    return lines


def _message(name, fields):
    """A list is a repeated field, a dictionary a message."""
    pairs = [(key, each) for key, value in fields.items()
             for each in (value if isinstance(value, list) else [value])]
    return f"{name} {{ " + " ".join(
        _message(key, value) if isinstance(value, dict) else f"{key}: {_scalar(value)}"
        for key, value in pairs) + " }"


def _scalar(value):
    return str(value) if isinstance(value, int) else _quote(value)


def _quote(value):
    """Bytes beyond ASCII as octal escapes, which text format takes everywhere."""
    out = []
    for byte in str(value).encode("utf-8", "surrogateescape"):
        char = chr(byte)
        out.append(f"\\{char}" if char in '"\\' else char if 32 <= byte < 127 else f"\\{byte:03o}")
    return '"' + "".join(out) + '"'
