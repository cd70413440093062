"""论坛演示: a talk from the live data in a minute, frozen to one release and one date, with files to leave behind."""

import streamlit as st

from eldercare.screen import blocks, materials, stage

heading = st.container()
shown, talk = stage.deck()
with heading:
    blocks.title(
        f"{talk.title}：{len(talk.exhibits)}张图表",
        f"{talk.dated}。选给谁看，点“放映”全屏。键：← → 翻页，Home / End 首末页，B 黑屏，N 备注，P 演讲者视图，R 轮播，F 全屏，Esc 退出。断网照样放映。",
    )
stage.choose(shown)
stage.play(shown, talk)
stage.again(shown, talk)
stage.contents(talk)
materials.part(shown)
