"""Downloads: HTTP through proxies, resumed, with a digest."""
