"""Callers that send corrections as a CMS does: each until it is acknowledged, by the same key."""
import threading
import time

import grpc

import api_stubs as api


def request(key):
    """A correction that holds its key, so that a list shows which it is."""
    return api.correction.RecordCorrectionRequest(
        idempotency_key=key,
        correction=api.correction.Correction(
            article=api.article.Article(id=key, title=f"Meeting {key}", body="They spoke of borders."),
            given=api.correction.LabelSet(topics=["security"]),
            corrected=api.correction.LabelSet(topics=["foreign_policy"], regions=["KG"]), editor="anna"))


def listed(channel):
    """(article id, correction id) of every correction kept, in the order of the list."""
    stub = api.correction_grpc.CorrectionServiceStub(channel)
    token, found = "", []
    while True:
        page = stub.ListCorrections(
            api.correction.ListCorrectionsRequest(page_size=1000, page_token=token), timeout=30)
        found += [(correction.article.id, int(correction.id)) for correction in page.corrections]
        token = page.next_page_token
        if not token:
            return found


class Outbox:
    """Threads that record one correction after the other; what is acknowledged stands in `acknowledged`, key → id."""

    def __init__(self, threads=8, persistent=False):
        self.threads = threads
        self.persistent = persistent  # whether a thread goes on after UNAVAILABLE
        self.acknowledged = {}
        self.pending = []  # keys whose answer did not come: they are sent again
        self.sent = 0
        self.refusals = {}  # last message by code
        self.lock = threading.Lock()

    def _next_key(self):
        with self.lock:
            if self.pending:
                return self.pending.pop()
            self.sent += 1
            return f"key-{self.sent}"

    def _send(self, target, done):
        with grpc.insecure_channel(target) as channel:
            stub = api.correction_grpc.CorrectionServiceStub(channel)
            while not done.is_set():
                key = self._next_key()
                try:
                    answer = stub.RecordCorrection(request(key), timeout=30)
                except grpc.RpcError as error:
                    with self.lock:
                        self.pending.append(key)
                        self.refusals[error.code()] = error.details()
                    if error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED):
                        return
                    if self.persistent:
                        done.wait(0.05)  # a caller's pause before it tries again
                        continue
                    return
                with self.lock:
                    self.acknowledged[key] = int(answer.correction.id)

    def run(self, target, until):
        """Sends to `target` while until() runs; unless persistent, a thread also ends at the first UNAVAILABLE."""
        done = threading.Event()
        threads = [threading.Thread(target=self._send, args=(target, done)) for _ in range(self.threads)]
        for thread in threads:
            thread.start()
        try:
            until()
        finally:
            done.set()
            for thread in threads:
                thread.join()

    def finish(self, target):
        """Sends what is pending until all of it is acknowledged."""
        rest = Outbox(threads=1)
        rest.pending, rest.sent = list(self.pending), self.sent
        deadline = time.monotonic() + 60
        while rest.pending and time.monotonic() < deadline:
            rest.run(target, lambda: None)
        self.acknowledged.update(rest.acknowledged)
        self.pending = rest.pending

    def check(self, test, target):
        """After finish(): all that is acknowledged is kept, once, in ascending order."""
        with grpc.insecure_channel(target) as channel:
            kept = listed(channel)
        keys = [key for key, _ in kept]
        test.assertEqual(self.pending, [])
        test.assertEqual(len(keys), len(set(keys)), "a correction is kept twice")
        test.assertEqual(set(self.acknowledged.items()) - set(kept), set(), "acknowledged and lost")
        test.assertEqual([id for _, id in kept], sorted(id for _, id in kept))
        return len(kept)


def wait_for(condition, seconds=60):
    """For what another process does; fails after that time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("waited in vain")
        time.sleep(0.01)
