"""Addresses about people."""

from django.urls import path

from betterstory.people.pages import bodies, cards, circles, coming_in, everybody, me, second_factor

app_name = "people"
urlpatterns = [
    path("come-in/", coming_in.come_in, name="come_in"),
    path("go-out/", coming_in.go_out, name="go_out"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("me/", me.me, name="me"),
    path("me/card/", me.my_card, name="my_card"),
    path("me/card/<int:pk>/withdraw/", me.withdraw_my_card, name="withdraw_my_card"),
    path("me/address/", me.address, name="address"),
    path("me/address/code/", me.address_code, name="address_code"),
    path("me/address/forget/", me.forget_address, name="forget_address"),
    path("cards/", cards.invite, name="invite"),
    path("cards/<int:pk>/withdraw/", cards.withdraw, name="withdraw_card"),
    path("everybody/", everybody.everybody, name="everybody"),
    path("everybody/<int:pk>/", everybody.somebody, name="somebody"),
    path("everybody/<int:pk>/card/", everybody.card_for, name="card_for"),
    path("everybody/<int:pk>/forget-factors/", everybody.forget_factors, name="forget_factors"),
    path("parts/<int:pk>/end/", everybody.end_part, name="end_part"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("bodies/<int:pk>/followed/", bodies.body_followed, name="body_followed"),
    path("posts/<int:pk>/", bodies.post, name="post"),
    path("posts/<int:pk>/followed/", bodies.post_followed, name="post_followed"),
    path("circles/", circles.circles, name="circles"),
    path("circles/<int:pk>/", circles.circle, name="circle"),
    path("circles/<int:pk>/out/<int:person>/", circles.take_out, name="take_out"),
]
