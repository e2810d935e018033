"""How many requests, how fast, with which outcome: for Prometheus, by route and never by person."""

import os
import time
from collections.abc import Iterable

from flask import Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client import generate_latest as as_text
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from shared.web.blueprint import Blueprint
from shared.web.operation import uncounted

_LABELS = ("service", "method", "route", "status")
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class RequestMetrics:
    """Counts one app's requests; `show` takes what else the service has to tell."""

    def __init__(self, service: str) -> None:
        """Count as this service."""
        self.registry = CollectorRegistry()
        self._service = service
        self._more: list[Collector] = []
        self._count = Counter(
            "atrium_http_requests", "Requests answered.", _LABELS, registry=self.registry
        )
        self._seconds = Histogram(
            "atrium_http_request_seconds",
            "Seconds from the first byte of a request to its answer.",
            _LABELS[:3],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Note one answered request; `route` is the template, not the address."""
        labels = (self._service, method, route)
        self._count.labels(*labels, str(status)).inc()
        self._seconds.labels(*labels).observe(seconds)

    def show(self, collector: Collector) -> None:
        """Show further figures, read when asked for and the same from every worker process."""
        self._more.append(collector)
        self.registry.register(collector)

    def text(self) -> bytes:
        """Return all figures; of all worker processes when PROMETHEUS_MULTIPROC_DIR is set."""
        if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            return as_text(self.registry)
        registry = CollectorRegistry()
        registry.register(_OfService(self._service))
        for collector in self._more:
            registry.register(collector)
        return as_text(registry)


class _OfService:
    """Services mounted in one process share the directory; each shows only its own samples."""

    def __init__(self, service: str) -> None:
        self._service = service

    def collect(self) -> Iterable[Metric]:
        collector = MultiProcessCollector(None)  # type: ignore[no-untyped-call]  # untyped library
        for metric in collector.collect():  # type: ignore[no-untyped-call]  # as above
            own = [s for s in metric.samples if s.labels.get("service") in (self._service, None)]
            metric.samples = own
            yield metric


def measure_requests(app: Flask) -> None:
    """Count every request of an app in `app.extensions["atrium_metrics"]`."""
    app.extensions["atrium_metrics"] = RequestMetrics(app.extensions["atrium_service"])
    app.before_request(_start)
    app.after_request(_count)


def metrics_blueprint() -> Blueprint:
    """Return the operation that Prometheus scrapes; keep it from the public at the proxy."""
    blueprint = Blueprint("metrics", __name__, url_prefix="/health/metrics")
    content = {"content_type": "text/plain", "schema": {"type": "string"}}
    figures = blueprint.response(200, description="Figures.", **content)(metrics)
    blueprint.route("")(uncounted(figures))
    return blueprint


def metrics() -> Response:
    """Show this service's figures in Prometheus' text format."""
    measured: RequestMetrics = current_app.extensions["atrium_metrics"]
    return Response(measured.text(), content_type=CONTENT_TYPE_LATEST)


def route_template() -> str:
    """Return the current request's route as declared, `unknown` when none matched."""
    return request.url_rule.rule if request.url_rule else "unknown"


def seconds_so_far() -> float:
    """Return how long the current request has been at work."""
    return time.perf_counter() - g.started_at if "started_at" in g else 0.0


def _start() -> None:
    g.started_at = time.perf_counter()


def _count(response: Response) -> Response:
    measured: RequestMetrics = current_app.extensions["atrium_metrics"]
    method = request.method if request.method in _METHODS else "other"
    measured.count(method, route_template(), response.status_code, seconds_so_far())
    return response
