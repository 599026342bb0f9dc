"""The list of curriculum's tables. Each is defined in its own room; import it from there."""

from curriculum.documents.models import Document, Edition, Entry, Revision
from curriculum.exchange.models import Delivery

__all__ = ["Delivery", "Document", "Edition", "Entry", "Revision"]
