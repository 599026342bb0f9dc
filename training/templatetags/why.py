"""`{% why explained %}`: an answered question after its release, drawn in full."""

from django.template import Library

from training.answers.in_full import told_in_full

register = Library()
register.simple_tag(told_in_full, name="why")
