"""The API's Python stubs, generated on import into a folder that lasts as long as the test."""
import atexit
import importlib
import shutil
import subprocess
import sys
import tempfile

from project import SOURCE


def _generate():
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    protos = sorted((SOURCE / "proto" / "rubricator" / "v1").glob("*.proto"))
    rpc = sorted((SOURCE / "third_party" / "googleapis" / "google" / "rpc").glob("*.proto"))
    subprocess.run(["protoc", "-I", SOURCE / "proto", "-I", SOURCE / "third_party" / "googleapis",
                    f"--python_out={folder}", f"--grpc_python_out={folder}",
                    f"--plugin=protoc-gen-grpc_python={shutil.which('grpc_python_plugin')}", *protos, *rpc], check=True)
    sys.path.insert(0, folder)


_generate()
# pylint: disable=wrong-import-position
article = importlib.import_module("rubricator.v1.article_pb2")
classification = importlib.import_module("rubricator.v1.classification_service_pb2")
classification_grpc = importlib.import_module("rubricator.v1.classification_service_pb2_grpc")
correction = importlib.import_module("rubricator.v1.correction_service_pb2")
correction_grpc = importlib.import_module("rubricator.v1.correction_service_pb2_grpc")
model = importlib.import_module("rubricator.v1.model_service_pb2")
model_grpc = importlib.import_module("rubricator.v1.model_service_pb2_grpc")
