"""The yardstick's server: the same start-up as the dashboard's, pages of constant elements."""

import streamlit as st

from eldercare import web

app = st.App("constant_page.py", lifespan=web.lifespan)
