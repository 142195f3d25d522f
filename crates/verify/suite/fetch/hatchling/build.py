"""Metadata of the package, which pip asks for before it keeps an archive of sources."""

import email
import pathlib


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    # The metadata as published; hooks run in the folder of the sources.
    text = pathlib.Path("PKG-INFO").read_text(encoding="utf-8")
    published = email.message_from_string(text)
    name = f"{published['Name']}-{published['Version']}.dist-info"
    folder = pathlib.Path(metadata_directory, name)
    folder.mkdir()
    folder.joinpath("METADATA").write_text(text, encoding="utf-8")
    return name
