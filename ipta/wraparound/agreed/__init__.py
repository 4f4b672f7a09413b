"""What was agreed at the table, who said yes to it, and when it is looked at again."""
