#!/usr/bin/env python3
"""Who may include whom: the arrows of docs/architecture.md, read off the #include lines."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

# A room may include itself and these rooms (or files). `proto` stands for generated headers (rubricator/v1/…, google/rpc/…).
MAY_INCLUDE = {
    "classifier": set(),
    "corrections": {"classifier", "proto"},
    "routing": {"classifier"},
    "trainer": {"classifier", "corrections/corrected_articles.h"},
    "service": {"classifier", "corrections/correction_store.h", "proto", "routing"},
    "server": {"classifier", "corrections", "proto", "routing", "service"},
    "plugin/cpp": {"classifier", "proto", "routing", "service"},
    "plugin/cli": {"classifier", "plugin/cpp", "proto", "service"},
}
# Tests stand above their room: these rooms as well.
TESTS_MAY_INCLUDE = {"tests"}
# Libraries that only these rooms (or files) know; a path that ends in .cc or .h is one file.
ONLY_IN = {
    r"^(grpc|grpcpp)/": {"server", "plugin/cpp", "plugin/cli/main.cc"},
    r"^(rubricator/v1|google)/": {"corrections", "server", "service", "plugin/cpp", "plugin/cli"},
    r"\.grpc\.pb\.h$": {"server", "plugin/cpp"},
    r"^soci/": {"corrections"},
    r"^fasttext/": {"classifier/fasttext_model.cc"},
    r"^cld2/": {"classifier"},
    r"^libxml/": {"classifier", "trainer/wordpress_reader.cc"},
    r"^yaml-cpp/": {"classifier", "routing", "server", "trainer"},
    r"^boost/": {"server"},
    r"^prometheus/": {"server"},
    r"^spdlog/": {"server"},
    r"^CLI/": {"plugin/cli", "server", "trainer"},
    r"^(sys/socket|netinet/in)\.h$": {"server"},
}


def room_of(path):
    parts = path.parts
    return "/".join(parts[:2]) if parts[0] == "plugin" else parts[0]


def is_test(path):
    return path.stem.endswith("_test") or path.parts[0] == "tests" or path.stem in ("access_files", "fake_server", "model_folder", "running_server")


def includes():
    """(file relative to the root, is it between quotes, what it includes) for each line."""
    for room in MAY_INCLUDE:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in (".cc", ".h", ".hpp", ".c"):
                for quote, name in INCLUDE.findall(path.read_text("utf-8")):
                    yield path.relative_to(ROOT), quote == '"', name


def target_room(name):
    if re.match(r"(rubricator/v1|google/rpc)/", name):
        return "proto"
    path = pathlib.PurePosixPath(name)
    return room_of(path) if len(path.parts) > 1 and (ROOT / room_of(path)).is_dir() else None


class ArchitectureTest(unittest.TestCase):
    def test_rooms_include_only_rooms_below_them(self):
        seen = 0
        for path, _, name in includes():
            room, target = room_of(path), target_room(name)
            if target in (None, room):
                continue
            seen += 1
            allowed = MAY_INCLUDE[room] | (TESTS_MAY_INCLUDE | {"proto"} if is_test(path) else set())
            self.assertTrue(target in allowed or name in allowed, f"{path} includes {name}")
        self.assertGreater(seen, 20, "the test reads no includes any more")

    def test_nothing_depends_on_the_server(self):
        for path, _, name in includes():
            if room_of(path) != "server":
                self.assertFalse(name.startswith("server/"), f"{path} includes {name}")

    def test_libraries_stay_in_their_rooms(self):
        for path, _, name in includes():
            for pattern, places in ONLY_IN.items():
                if re.search(pattern, name) and not is_test(path):
                    self.assertTrue(room_of(path) in places or str(path) in places, f"{path} includes {name}")

    def test_includes_begin_at_the_root(self):
        siblings = re.compile(r"^rubricator(_\w+)?\.(h|hpp)$")  # installed into one folder
        for path, quoted, name in includes():
            if quoted and "/" not in name and not siblings.match(name):
                self.fail(f"{path} includes {name} without its room")

    def test_the_c_abi_is_c(self):
        for header in ("rubricator.h", "rubricator_base.h", "rubricator_analysis.h"):
            names = INCLUDE.findall((ROOT / "plugin/cpp" / header).read_text("utf-8"))
            self.assertTrue(all(name == "stdint.h" or name.startswith("rubricator_") for _, name in names), names)


if __name__ == "__main__":
    unittest.main()
