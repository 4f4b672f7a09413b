"""An invitation through a link, for who has no account, and his answer."""
