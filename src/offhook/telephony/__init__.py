"""One file per carrier: adapts its wire protocol to a line. Webhook authenticity."""
