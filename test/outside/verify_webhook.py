"""Verifies a webhook from stdin by Standard Webhooks' own package; says what it holds."""

import json
import sys

from standardwebhooks import Webhook

hook = json.load(sys.stdin)
print(json.dumps(Webhook(hook["secret"]).verify(hook["body"], hook["headers"])))
