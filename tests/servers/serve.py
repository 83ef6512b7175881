"""Serves a directory with pyftpdlib: PORT HOME USER PASSWORD [CERTIFICATE KEY]."""

import logging
import sys
import warnings

warnings.simplefilter("ignore")

from pyftpdlib.authorizers import DummyAuthorizer  # noqa: E402
from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler  # noqa: E402
from pyftpdlib.servers import FTPServer  # noqa: E402


def main(port, home, user, password, certificate=None, key=None):
    logging.getLogger("pyftpdlib").setLevel(logging.ERROR)
    handler = FTPHandler if certificate is None else TLS_FTPHandler
    if certificate is not None:
        handler.certfile = certificate
        handler.keyfile = key
        handler.tls_control_required = True
        handler.tls_data_required = True
    handler.auth_failed_timeout = 0
    handler.authorizer = DummyAuthorizer()
    handler.authorizer.add_user(user, password, home, perm="elradfmwMT")
    FTPServer(("127.0.0.1", int(port)), handler).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
