"""Takes OTLP by gRPC and by HTTP, in the services and messages of OpenTelemetry's own package.

Says both ports, then of each push its signal, how it came, and what it holds. What is not as
published is refused, and said as `refused`.
"""

import base64
import json
import threading
from concurrent import futures
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import grpc
from google.protobuf import json_format
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2 as metrics_pb2
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2_grpc as metrics_grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as traces_pb2
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc as traces_grpc

REQUESTS = {
    "traces": traces_pb2.ExportTraceServiceRequest,
    "metrics": metrics_pb2.ExportMetricsServiceRequest,
}
RESPONSES = {
    "traces": traces_pb2.ExportTraceServiceResponse,
    "metrics": metrics_pb2.ExportMetricsServiceResponse,
}
IDS = {"traceId", "spanId", "parentSpanId"}
lock = threading.Lock()


def say(event):
    with lock:
        print(json.dumps(event), flush=True)


def hex_of_ids(found):
    """OTLP has ids as hex in JSON, protobuf's own JSON all bytes as base64."""
    if isinstance(found, list):
        return [hex_of_ids(it) for it in found]
    if not isinstance(found, dict):
        return found
    return {
        key: base64.b64decode(it).hex() if key in IDS else hex_of_ids(it)
        for key, it in found.items()
    }


def base64_of_ids(found):
    if isinstance(found, list):
        return [base64_of_ids(it) for it in found]
    if not isinstance(found, dict):
        return found
    return {
        key: base64.b64encode(bytes.fromhex(it)).decode() if key in IDS else base64_of_ids(it)
        for key, it in found.items()
    }


def taken(signal, protocol, message):
    found = hex_of_ids(json_format.MessageToDict(message))
    say({"signal": signal, "protocol": protocol, "message": found})


class Traces(traces_grpc.TraceServiceServicer):
    def Export(self, request, context):
        taken("traces", "grpc", request)
        return RESPONSES["traces"]()


class Metrics(metrics_grpc.MetricsServiceServicer):
    def Export(self, request, context):
        taken("metrics", "grpc", request)
        return RESPONSES["metrics"]()


class Http(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.body()
        type = self.headers["content-type"]
        try:
            signal = self.path.removeprefix("/v1/")
            answer = RESPONSES[signal]()
            if type == "application/json":
                # Unknown fields are errors.
                message = json_format.ParseDict(base64_of_ids(json.loads(body)), REQUESTS[signal]())
                said = json_format.MessageToJson(answer).encode()
            elif type == "application/x-protobuf":
                message, said = REQUESTS[signal].FromString(body), answer.SerializeToString()
            else:
                raise ValueError(f"content-type {type}")
            taken(signal, f"http {type}", message)
            self.send_response(200)
        except Exception as reason:
            said = b""
            say({"refused": repr(reason), "body": body[:200].decode(errors="replace")})
            self.send_response(400)
        self.send_header("content-type", type)
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def body(self):
        if self.headers["transfer-encoding"] != "chunked":
            return self.rfile.read(int(self.headers["content-length"]))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def log_message(self, *_):
        pass


server = grpc.server(futures.ThreadPoolExecutor())
traces_grpc.add_TraceServiceServicer_to_server(Traces(), server)
metrics_grpc.add_MetricsServiceServicer_to_server(Metrics(), server)
grpc_port = server.add_insecure_port("127.0.0.1:0")
server.start()
http = ThreadingHTTPServer(("127.0.0.1", 0), Http)
say({"grpc": grpc_port, "http": http.server_port})
http.serve_forever()
