#!/usr/bin/env python3
"""Replicas come and go, callers cancel: a client that retries by gRPC's own rules sees no failed call."""
import collections
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

import grpc

import api_stubs
import project

TEXT = (project.ARTICLES / "05-refugees-chad-sudan.txt").read_text("utf-8")
# What docs/operations/deployment.md recommends.
RETRIES = (project.SOURCE / "examples" / "service-config.json").read_text("utf-8")
HAPROXY = """
global
  maxconn 1000
defaults
  mode http
  option redispatch
  timeout connect 2s
  timeout client 60s
  timeout server 60s
frontend grpc
  bind fd@{frontend} proto h2
  default_backend replicas
backend replicas
  balance roundrobin
{servers}
"""
CALLERS = 4
CALLS = 400  # of each caller
DEADLINE_SECONDS = 60


def channel_to(target):
    return grpc.insecure_channel(target, options=[("grpc.service_config", RETRIES), ("grpc.use_local_subchannel_pool", 1),
                                                  ("grpc.enable_http_proxy", 0)])


def request(identity):
    return api_stubs.classification.ClassifyArticleRequest(article=api_stubs.article.Article(id=identity, body=TEXT))


class Load:
    """Callers that call without a pause; counts what they saw. `half_way` is set when half of the calls are answered."""

    def __init__(self, target, cancel_every=0):
        self.target, self.cancel_every = target, cancel_every
        self.codes, self.half_way, self.lock = collections.Counter(), threading.Event(), threading.Lock()
        self.threads = [threading.Thread(target=self.call, args=(number,)) for number in range(CALLERS)]

    def call(self, number):
        with channel_to(self.target) as channel:
            stub = api_stubs.classification_grpc.ClassificationServiceStub(channel)
            for index in range(CALLS):
                code = self.one(stub, f"{number}-{index}", self.cancel_every and index % self.cancel_every == 0)
                with self.lock:
                    self.codes[code] += 1
                    if sum(self.codes.values()) >= CALLERS * CALLS // 2:
                        self.half_way.set()

    @staticmethod
    def one(stub, identity, cancel):
        call = stub.ClassifyArticle.future(request(identity), timeout=DEADLINE_SECONDS)
        if cancel:
            call.cancel()
            return "cancelled"
        if call.exception() is not None:
            return f"{call.code().name}: {call.details()}"
        return "OK" if call.result().analysis.article_id == identity else "another's answer"

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self.threads:
            thread.join()


class ReplicasTest(unittest.TestCase):
    def serve(self, *flags):
        server = project.RunningServer("--log-level", "warn", *flags)
        server.__enter__()
        self.addCleanup(server.__exit__)
        return server

    def balance(self, *servers):
        """HAProxy before the servers; its target."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        frontend = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(frontend.close)
        lines = "\n".join(f"  server replica{number} {server.target} proto h2 check inter 200ms fall 1 rise 1"
                          for number, server in enumerate(servers))
        path = f"{folder.name}/haproxy.cfg"
        with open(path, "w", encoding="utf-8") as file:
            file.write(HAPROXY.format(frontend=frontend.fileno(), servers=lines))
        haproxy = subprocess.Popen([shutil.which("haproxy", path="/usr/sbin:/usr/bin"), "-db", "-f", path],
                                   pass_fds=[frontend.fileno()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(haproxy.wait)
        self.addCleanup(haproxy.kill)
        return f"127.0.0.1:{frontend.getsockname()[1]}"

    def test_a_replica_that_is_killed_behind_haproxy(self):
        first, second = self.serve(), self.serve()
        with Load(self.balance(first, second)) as load:
            self.assertTrue(load.half_way.wait(DEADLINE_SECONDS))
            first.process.kill()
        self.assertEqual(load.codes, {"OK": CALLERS * CALLS})

    def test_a_replica_that_is_stopped_behind_haproxy(self):
        first, second = self.serve(), self.serve()
        with Load(self.balance(first, second)) as load:
            self.assertTrue(load.half_way.wait(DEADLINE_SECONDS))
            first.process.send_signal(signal.SIGTERM)
            self.assertEqual(first.process.wait(DEADLINE_SECONDS), 0)
        self.assertEqual(load.codes, {"OK": CALLERS * CALLS})

    def test_a_replica_that_is_killed_under_a_client_that_balances(self):
        first, second = self.serve(), self.serve()
        with Load(f"ipv4:{first.target},{second.target}") as load:
            self.assertTrue(load.half_way.wait(DEADLINE_SECONDS))
            first.process.kill()
        self.assertEqual(load.codes, {"OK": CALLERS * CALLS})

    def test_half_of_all_calls_are_cancelled(self):
        server = self.serve()
        with Load(server.target, cancel_every=2) as load:
            pass
        self.assertEqual(load.codes, {"OK": CALLERS * CALLS // 2, "cancelled": CALLERS * CALLS // 2})
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(DEADLINE_SECONDS), 0)  # no call was left open

    def test_sighup_under_load(self):
        server = self.serve()
        with Load(server.target) as load:
            for _ in range(50):
                server.process.send_signal(signal.SIGHUP)
                load.threads[0].join(0.02)
        self.assertEqual(load.codes, {"OK": CALLERS * CALLS})
        self.assertIsNone(server.process.poll())


if __name__ == "__main__":
    unittest.main()
