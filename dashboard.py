"""The server: `streamlit run dashboard.py`.

The screens are in `pages/` and begin with `pages/frame.py`; the data is in `datasets/`.
"""

import streamlit as st

from eldercare import web

app = st.App(
    "pages/frame.py", routes=web.routes(), lifespan=web.lifespan, middleware=web.middleware()
)
