"""Makes the cases from Python. usage: runner grpc|http ADDRESS CASES"""
import base64
import json
import sys
import urllib.error
import urllib.request

import grpc
from google.protobuf import json_format, symbol_database
from google.rpc import error_details_pb2, status_pb2  # noqa: F401
from rubricator.v1 import (classification_service_pb2, correction_service_pb2,  # noqa: F401  registers the messages
                           model_service_pb2, routing_service_pb2)

DEADLINE_SECONDS = 60


def over_grpc(channel, method, request):
    symbols = symbol_database.Default()
    service, name = method.split("/")
    descriptor = symbols.pool.FindServiceByName(service).methods_by_name[name]
    message = json_format.ParseDict(request, symbols.GetPrototype(descriptor.input_type)())
    call = channel.unary_unary(f"/{method}", type(message).SerializeToString,
                               symbols.GetPrototype(descriptor.output_type).FromString)
    try:
        return {"answer": json_format.MessageToDict(call(message, timeout=DEADLINE_SECONDS))}
    except grpc.RpcError as error:
        status = status_pb2.Status.FromString(dict(error.trailing_metadata()).get("grpc-status-details-bin", b""))
        details = [{"type": d.type_url, "value": base64.b64encode(d.value).decode()} for d in status.details]
        return {"error": {"code": error.code().name.lower(), "message": error.details(), "details": details}}


def over_http(address, method, request):
    call = urllib.request.Request(f"http://{address}/{method}", json.dumps(request).encode(),
                                  {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=DEADLINE_SECONDS) as response:
            return {"answer": json.load(response)}
    except urllib.error.HTTPError as error:
        return {"error": json.load(error)}


def main():
    transport, address, cases = sys.argv[1:]
    caller = over_http
    if transport == "grpc":
        address, caller = grpc.insecure_channel(address), over_grpc
    for line in open(cases, encoding="utf-8"):
        case = json.loads(line)
        print(json.dumps({"name": case["name"], **caller(address, case["method"], case["request"])}))


main()
