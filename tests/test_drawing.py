"""A drawing becomes the figure that Plotly itself would make of the same steps."""

import plotly.graph_objects as go
import pytest

from eldercare.drawing import Drawing, bar, scatter
from eldercare.measures import INK

LINE = {"width": 1, "dash": "dot"}


def told(figure, line, column):
    """The same steps for a `Drawing` and for a `go.Figure`."""
    figure.add_trace(line(x=[1, 2], y=[3.5, 4], mode="lines", line={"width": 2}))
    figure.add_trace(column(x=["a", "b"], y=[1, None], name="b"))
    figure.update_layout(height=300, legend={"x": 0, "font": {"size": 12}}, xaxis={"range": [0, 1]})
    figure.update_layout(
        legend={"font": {"color": "#123456"}, "y": 1},
        xaxis={"range": [0, 2]},
        yaxis2={"visible": False},
    )
    figure.add_annotation(x=0, y=1, text="t", xref="paper", showarrow=False)
    figure.add_annotation(x=1, y=1, text="u", font={"size": 9})
    figure.add_shape(type="line", x0=0, x1=0, y0=0, y1=1, yref="paper", line=LINE)
    figure.add_vline(x=1.5, line=LINE)
    figure.add_hline(y=2, line=LINE)
    return figure


def test_the_figure_is_the_one_plotly_makes_of_the_same_steps():
    assert (
        told(Drawing(), scatter, bar).figure().to_dict()
        == told(go.Figure(), go.Scatter, go.Bar).to_dict()
    )


def test_words_of_a_drawing_are_ink_where_nothing_else_is_asked():
    drawing = Drawing(
        bar(x=["a"], y=[1], text=["1张"]),
        scatter(x=[1], y=[1], text="b", textfont={"color": "#123456", "size": 9}),
    )
    plain, own = drawing.figure().data
    assert plain.textfont.color == INK
    assert (own.textfont.color, own.textfont.size) == ("#123456", 9)


def test_layouts_given_to_two_drawings_stay_apart():
    shared = {"font": {"size": 12}}
    first, second = Drawing(), Drawing()
    first.update_layout(legend=shared)
    first.update_layout(legend={"font": {"size": 20}})
    second.update_layout(legend=shared)
    assert second.figure().layout.legend.font.size == 12


@pytest.mark.parametrize("spoil", [{"colour": "red"}, {"legend": {"z": 1}}], ids=str)
def test_a_property_that_plotly_does_not_know_is_an_error(spoil):
    drawing = Drawing(scatter(x=[1], y=[1]))
    drawing.update_layout(**spoil)
    with pytest.raises(ValueError, match="Invalid property"):
        assert drawing.figure().layout
