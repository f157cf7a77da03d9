"""The shapes of answers, as msgspec structs: what is sent and what the OpenAPI document says are the same thing."""
