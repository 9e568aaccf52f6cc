"""Generates the messages of rubricator.v1 from proto/ into the package, when it is built."""
import pathlib

import grpc_tools
from grpc_tools import protoc
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StubsHook(BuildHookInterface):
    def initialize(self, version, build_data):
        here = pathlib.Path(self.root)
        root = here.parent.parent
        protos = sorted((root / "proto").glob("rubricator/v1/*.proto"))
        (here / "src" / "rubricator" / "v1").mkdir(exist_ok=True)
        out = here / "src"
        code = protoc.main([
            "protoc", f"-I{root / 'proto'}", f"-I{root / 'third_party' / 'googleapis'}",
            f"-I{pathlib.Path(grpc_tools.__file__).parent / '_proto'}", f"--python_out={out}", f"--pyi_out={out}",
            *map(str, protos)])
        if code != 0 or not protos:
            raise RuntimeError(f"protoc ended with {code} on {len(protos)} files of {root / 'proto'}")
        (here / "src" / "rubricator" / "v1" / "__init__.py").write_text('"""The API\'s messages, generated."""\n')
