"""How `make notebooks` stores a notebook: executed afresh, and without what changes from run to run."""

from typing import Any

c: Any = get_config()  # type: ignore[name-defined]  # noqa: F821  (given by nbconvert)

c.NbConvertApp.export_format = "notebook"
c.NbConvertApp.use_output_suffix = False  # these two: write back to the file read
c.FilesWriter.build_directory = ""
c.NbConvertApp.log_level = "ERROR"

c.ExecutePreprocessor.enabled = True
c.ExecutePreprocessor.kernel_name = (
    "python3"  # of the environment that runs this, whatever the notebook was edited with
)
c.ExecutePreprocessor.timeout = 600
c.ExecutePreprocessor.record_timing = False
c.ExecutePreprocessor.extra_arguments = [
    "--log-level=40"
]  # the kernel's advice about its transport is no news

# A cell prints in pieces, more of them on a busy machine: stored as one, they are the same each time.
c.Exporter.preprocessors = [
    "nbconvert.preprocessors.CoalesceStreamsPreprocessor",
    "nnutils.book.marking.MarkProse",
    "nnutils.book.marking.MarkPictures",
]

c.ClearMetadataPreprocessor.enabled = True
c.ClearMetadataPreprocessor.preserve_cell_metadata_mask = {"mystnb", "tags", "jupyter"}
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {"kernelspec", ("language_info", "name")}
