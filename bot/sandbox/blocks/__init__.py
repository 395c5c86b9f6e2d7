"""Block Kit as Slack reads it: what it refuses, what its elements hold, what a person can choose. Pure, no server."""

from bot.sandbox.blocks.check import problems_in_blocks, problems_in_message, problems_in_options, problems_in_view
from bot.sandbox.blocks.choices import chosen, unanswered
from bot.sandbox.blocks.elements import Surface
from bot.sandbox.blocks.ids import with_block_ids
from bot.sandbox.blocks.values import initial_values
from bot.sandbox.blocks.walk import Placed, interactive_elements

__all__ = [
    "Placed",
    "Surface",
    "chosen",
    "initial_values",
    "interactive_elements",
    "problems_in_blocks",
    "problems_in_message",
    "problems_in_options",
    "problems_in_view",
    "unanswered",
    "with_block_ids",
]
