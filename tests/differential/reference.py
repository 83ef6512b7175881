"""Serves a directory with pyftpdlib on a free port of each loopback address, until standard input ends.

Prints `PORT4 PORT6` when it is ready; PORT6 is 0 where ::1 cannot be bound.
"""

import logging
import os
import sys
import threading
import warnings

import pyftpdlib
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer

VERSION = "2.2.0"
ALL = "elradfmwMT"


def end_with_stdin():
    sys.stdin.read()
    os._exit(0)


def main(root):
    if pyftpdlib.__ver__ != VERSION:
        sys.exit(f"pyftpdlib {VERSION} is what we compare with, not {pyftpdlib.__ver__}")
    warnings.simplefilter("ignore")
    logging.getLogger("pyftpdlib").addHandler(logging.NullHandler())
    logging.getLogger("pyftpdlib").propagate = False

    authorizer = DummyAuthorizer()
    authorizer.add_user("alice", "s3cret", root, perm=ALL)
    authorizer.add_user("guest", "pw", root, perm="")
    authorizer.add_user("reader", "pw", root, perm="elr")
    authorizer.add_user("homed", "pw", os.path.join(root, "docs"), perm=ALL)
    authorizer.add_user("carol", "pw", root, perm="elr")
    authorizer.override_perm("carol", os.path.join(root, "in"), "elwmd", recursive=True)
    authorizer.override_perm("carol", os.path.join(root, "docs"), "elwmd", recursive=False)
    authorizer.add_anonymous(root)

    class Handler(FTPHandler):
        auth_failed_timeout = 0

    Handler.authorizer = authorizer
    port4 = FTPServer(("127.0.0.1", 0), Handler).address[1]
    try:
        port6 = FTPServer(("::1", 0), Handler).address[1]
    except OSError:
        port6 = 0
    threading.Thread(target=end_with_stdin, daemon=True).start()
    print(port4, port6, flush=True)
    # Both servers stand in the one loop that pyftpdlib has.
    FTPServer(("127.0.0.1", 0), Handler).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
