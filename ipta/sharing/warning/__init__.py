"""The duty to warn: telling a few things without the youth's yes, so that nobody comes to harm."""
