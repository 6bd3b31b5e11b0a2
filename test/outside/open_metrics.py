"""Reads OpenMetrics from stdin by the parser of Prometheus' client for Python; says it as JSON."""

import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families


def exemplar(it):
    return it and {"labels": it.labels, "value": it.value, "timestamp": float(it.timestamp)}


def sample(it):
    shown = exemplar(it.exemplar)
    return {"name": it.name, "labels": it.labels, "value": str(it.value), "exemplar": shown}


def family(it):
    samples = [sample(found) for found in it.samples]
    return {"name": it.name, "type": it.type, "help": it.documentation, "samples": samples}


text = sys.stdin.read()
print(json.dumps([family(it) for it in text_string_to_metric_families(text)]))
