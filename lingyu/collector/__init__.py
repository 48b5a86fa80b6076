"""The collector: facts from outside, by the SDKs that people have already, into the durable inbox."""
