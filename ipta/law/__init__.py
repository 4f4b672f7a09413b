"""What the law asks of the house: on what ground it keeps something, how long, and that it goes with proof."""
