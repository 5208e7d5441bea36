"""Checks of a sentence against the sources that it cites. They are code, not a model.

They show that figures, names, quotes and source numbers are right. They are blind to a negation or to two names
exchanged: that is for the second reading (`bot/answers/writing/reading.py`). A sentence that passes is "checked", never
"verified".
"""
