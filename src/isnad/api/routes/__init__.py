"""The endpoints, one module a topic; each takes its request apart, asks the store and hands on to the views."""
