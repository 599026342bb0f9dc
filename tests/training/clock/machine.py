"""A machine whose clock can be set under the site, and its steady seconds, which cannot."""

from datetime import timedelta

from training.clock.site_time import SiteTime


class Machine:
    """`traveller` moves the clock; with `passes` time passes, with `set_by` the clock jumps."""

    def __init__(self, traveller, file=None):
        self.traveller, self.file, self.seconds = traveller, file, 1000.0

    def process(self, start="this start"):
        """The time of one more process on this machine."""
        return SiteTime(lambda: self.seconds, self.file, start)

    def passes(self, **time):
        self.seconds += timedelta(**time).total_seconds()
        self.traveller.shift(timedelta(**time))

    def set_by(self, **time):
        self.traveller.shift(timedelta(**time))
