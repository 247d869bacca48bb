"""What buttons carry, each within Telegram's 64 bytes; a prefix, over all files, has one meaning.

All that a press needs is in the button (and, for a list of search results, in the message's own
text): nothing is remembered in the process, so buttons outlive restarts. `n` is the number of a
screen in a pager, from 0; a number beyond the data's end shows the last screen.
"""
