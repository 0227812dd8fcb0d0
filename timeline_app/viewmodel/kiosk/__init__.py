"""The kiosk without a screen: what there is to visit (`plan`), a visit as it goes on (`visit`), and what stands
where."""
