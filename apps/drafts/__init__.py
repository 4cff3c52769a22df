"""What somebody has begun to write, kept on the server until it is sent; and for some seconds what
a step has changed, so that it can be taken back. Both are sealed with the hall's key: neither is
part of any file, and nobody but the post that wrote it reads a draft."""
