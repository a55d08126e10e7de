"""What is read from somebody's hand: texts, files and YAML, each within bounds, or an error in words."""

from nnutils.core.reading.files import file_text, has_file, has_folder, is_listed
from nnutils.core.reading.texts import needs_text
from nnutils.core.reading.trees import yaml_loader, yaml_value

__all__ = ["file_text", "has_file", "has_folder", "is_listed", "needs_text", "yaml_loader", "yaml_value"]
