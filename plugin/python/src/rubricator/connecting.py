"""From a target to a client."""
from __future__ import annotations

import json
import pathlib
import re
from typing import Any

import grpc
import grpc.aio

from rubricator import requests
from rubricator.async_client import AsyncClient
from rubricator.client import Client
from rubricator.embedded import EmbeddedTransport
from rubricator.transport import GrpcTransport

_LOOPBACK = re.compile(r"(dns:/*|ipv[46]:)?(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$")


def _channel_options(max_attempts: int) -> list[tuple[str, Any]]:
    """Retries on UNAVAILABLE and nothing else; messages as large as the server's."""
    policy = {"maxAttempts": max_attempts, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2,
              "retryableStatusCodes": ["UNAVAILABLE"]}
    method_config = {"name": [{}], **({"retryPolicy": policy} if max_attempts > 1 else {})}
    return [("grpc.service_config", json.dumps({"methodConfig": [method_config]})),
            ("grpc.keepalive_time_ms", 60_000), ("grpc.max_receive_message_length", 64 << 20)]


def _credentials(ca: str | None, cert: str | None, key: str | None) -> grpc.ChannelCredentials:
    def read(path: str | None) -> bytes | None:
        return pathlib.Path(path).read_bytes() if path else None

    return grpc.ssl_channel_credentials(read(ca), read(key), read(cert))


def _metadata(target: str, token: str | None, tls: bool) -> tuple[tuple[str, str], ...]:
    if not token:
        return ()
    if not tls and not _LOOPBACK.match(target) and not target.startswith("unix:"):
        raise ValueError(f"a token needs TLS, except on loopback; the target is {target}")
    return (("authorization", f"Bearer {token}"),)


def connect(target: str, *, timeout: float = requests.DEFAULT_TIMEOUT, max_attempts: int = 3, tls: bool = False,
            ca: str | None = None, cert: str | None = None, key: str | None = None, token: str | None = None) -> Client:
    """`target`: "host:50051", "dns:///host:50051", "unix:/path", or "embedded:DIR[?routing=FILE]".

    `timeout` is seconds for a call; `ca`, `cert` and `key` are PEM files and switch TLS on. Connects at the first call.
    Raises ValueError for a token that would go over the network in the clear, OSError for a file that cannot be read,
    RubricatorError for an embedded bundle that cannot be loaded.
    """
    if target.startswith("embedded:"):
        return Client(EmbeddedTransport(target), timeout)
    tls = tls or bool(ca or cert or key)
    metadata = _metadata(target, token, tls)
    options = _channel_options(max_attempts)
    channel = (grpc.secure_channel(target, _credentials(ca, cert, key), options) if tls
               else grpc.insecure_channel(target, options))
    return Client(GrpcTransport(channel, metadata), timeout)


def connect_async(target: str, *, timeout: float = requests.DEFAULT_TIMEOUT, max_attempts: int = 3, tls: bool = False,
                  ca: str | None = None, cert: str | None = None, key: str | None = None,
                  token: str | None = None) -> AsyncClient:
    """As connect(), of a server, for asyncio; called in the event loop."""
    tls = tls or bool(ca or cert or key)
    metadata = _metadata(target, token, tls)
    options = _channel_options(max_attempts)
    channel = (grpc.aio.secure_channel(target, _credentials(ca, cert, key), options) if tls
               else grpc.aio.insecure_channel(target, options))
    return AsyncClient(channel, metadata, timeout)
