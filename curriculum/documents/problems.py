"""What is wrong with a document: the shape in which every reader reports."""

from curriculum.prose.problems import Problem, Severity, any_error, error, warning

__all__ = ["Problem", "Severity", "any_error", "error", "warning"]
