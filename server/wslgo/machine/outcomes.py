"""The outcomes of a question to a server, as `wslgo doctor --network --format json` prints them."""

ANSWERS = "answers"
NOT_FOUND = "not-found"
REFUSES = "refuses"
TIMES_OUT = "times-out"
UNREACHABLE = "unreachable"
BAD_CERTIFICATE = "bad-certificate"
LOGIN_PAGE = "login-page"
BAD_ANSWER = "bad-answer"

OUTCOMES = (ANSWERS, NOT_FOUND, REFUSES, TIMES_OUT, UNREACHABLE, BAD_CERTIFICATE, LOGIN_PAGE, BAD_ANSWER)
