"""Sends the recorded elements of a page again: no question, no figure, no sentence is made.

This is the least a Streamlit page with these elements can cost.
"""

import os
from pathlib import Path

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsgList


@st.cache_resource
def recorded(path: str) -> ForwardMsgList:
    return ForwardMsgList.FromString(Path(path).read_bytes())


for message in recorded(str(Path(os.environ["CONSTANT_PAGES"]) / st.query_params["page"])).messages:
    if message.delta.HasField("add_block"):
        st.container()
    elif message.delta.HasField("new_element"):
        kind = message.delta.new_element.WhichOneof("type")
        st._main._enqueue(kind, getattr(message.delta.new_element, kind))
