"""Forms say what is wrong, where, and to everybody."""

import re

import pytest
from crispy_forms.bootstrap import AppendedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout, Row, Submit
from django import forms
from django.template import Context, Template

from tests.look.gallery_view import EnrolForm


def drawn(form, how="{{ form|crispy }}", **values) -> str:
    template = Template("{% load crispy_forms_tags %}" + how)
    return template.render(Context({"form": form, **values}))


def block(html: str, name: str) -> str:
    """What stands around the field of this name."""
    blocks = re.findall(
        r'<(?:div|fieldset) class="field.*?(?=<(?:div|fieldset) class="field|$)', html, re.DOTALL
    )
    return next(it for it in blocks if f'name="{name}"' in it)


@pytest.fixture
def fresh() -> str:
    return drawn(EnrolForm())


@pytest.fixture
def mistaken() -> str:
    return drawn(EnrolForm({"name": ""}))


@pytest.mark.parametrize("data", [None, {"name": ""}])
@pytest.mark.parametrize("how", ["{{ form|crispy }}", "{% crispy form %}"])
def test_every_label_hint_error_and_link_points_at_what_it_names(data, how):
    html = drawn(EnrolForm(data), how)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    pointed_at = re.findall(r'\bfor="([^"]+)"', html) + re.findall(r'href="#([^"]*)"', html)
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        pointed_at += described.split()
    assert pointed_at
    assert set(pointed_at) <= set(ids)


def test_the_optional_is_marked_and_the_required_is_not(fresh):
    assert "(optional)" in block(fresh, "note")
    assert "(optional)" not in block(fresh, "name")
    assert "*" not in fresh


def test_a_group_of_choices_has_a_legend_and_each_choice_a_label(fresh):
    for name, kind in (("service", "radio"), ("languages", "checkbox")):
        found = block(fresh, name)
        assert found.startswith("<fieldset")
        assert found.count("<legend") == 1
        assert found.count(f'type="{kind}"') == found.count('<label class="choice"') == 3


def test_the_hint_of_a_group_describes_the_group(fresh):
    assert 'aria-describedby="id_service_helptext"' in block(fresh, "service")


def test_a_single_box_is_marked_by_its_own_words(fresh):
    found = block(fresh, "agree")
    assert "<fieldset" not in found
    assert "I have read the conditions of use." in found
    assert "(optional)" not in found


def test_a_hidden_field_shows_nothing(fresh):
    assert re.search(r'<input type="hidden" name="key"[^>]*>', fresh)
    assert "id_key_error" not in fresh
    assert ">Key" not in fresh


def test_an_error_is_told_above_and_at_the_field_in_the_same_words(mistaken):
    assert mistaken.index("There is a problem") < mistaken.index('name="name"')
    assert '<a href="#id_name">Name: This field is required.</a>' in mistaken
    found = block(mistaken, "name")
    assert "<strong>Error:</strong> This field is required." in found
    assert 'aria-invalid="true"' in found
    assert "id_name_helptext id_name_error" in found


def test_the_summary_can_take_the_focus(mistaken):
    assert '<div class="error-summary" data-error-summary tabindex="-1">' in mistaken


def test_a_link_to_a_group_leads_to_its_first_choice(mistaken):
    assert 'href="#id_service_0"' in mistaken


def test_a_form_without_mistakes_has_no_summary(fresh):
    assert "error-summary" not in fresh
    assert "has-error" not in fresh


def test_a_password_is_never_sent_back():
    assert "s3cret" not in drawn(EnrolForm({"password": "s3cret"}))


def test_what_was_typed_is_escaped():
    html = drawn(EnrolForm({"name": '"><script>alert(1)</script>'}))
    assert "<script" not in html


def test_two_forms_on_a_page_share_no_id():
    html = drawn(EnrolForm({}, prefix="a")) + drawn(EnrolForm({}, prefix="b"))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


class ExtraTimeForm(forms.Form):
    hours = forms.IntegerField(required=False)
    start = forms.DateField()
    end = forms.DateField()
    file = forms.FileField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            HTML("<p>Before the fields</p>"),
            Fieldset("Time", AppendedText("hours", "h"), Row("start", "end"), css_class="of-time"),
            Div(Field("file", css_class="width-20", wrapper_class="in-front"), css_class="sheet"),
            Submit("save", "Save", css_class="quiet"),
        )

    def clean(self):
        raise forms.ValidationError("The end stands before the start.")


def test_a_layout_is_drawn_as_it_is_written():
    html = drawn(ExtraTimeForm(), "{% crispy form %}", csrf_token="token")
    assert re.search(r'<form [^>]*method="post"[^>]*enctype="multipart/form-data"[^>]*>', html)
    assert html.count("csrfmiddlewaretoken") == 1
    assert '<fieldset class="group of-time"' in html
    assert "<legend>Time</legend>" in html
    assert '<span class="unit">h</span>' in html
    assert html.index('class="form-row"') < html.index('name="start"') < html.index('name="end"')
    assert '<div class="field in-front">' in html
    assert re.search(r'<input type="submit" name="save" value="Save" class="button +quiet"', html)


def test_a_mistake_of_the_whole_form_stands_in_the_summary():
    html = drawn(ExtraTimeForm({}), "{% crispy form %}", csrf_token="token")
    assert "<li>The end stands before the start.</li>" in html


def test_a_filter_form_need_not_call_everything_optional():
    form = ExtraTimeForm()
    form.helper.hide_optional = True
    assert "(optional)" not in drawn(form, "{% crispy form %}", csrf_token="token")


def test_a_formset_has_one_summary():
    formset = forms.formset_factory(EnrolForm, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    )
    formset.is_valid()
    html = Template("{% load crispy_forms_tags %}{% crispy formset helper %}").render(
        Context({"formset": formset, "helper": FormHelper(), "csrf_token": "token"})
    )
    assert html.count("There is a problem") == 1
    assert 'href="#id_form-1-name"' in html
    assert html.count("form-TOTAL_FORMS") == 2
